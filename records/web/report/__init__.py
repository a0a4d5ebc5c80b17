"""The public's complaints: form, receipt and thread, without account, script or cookie."""
