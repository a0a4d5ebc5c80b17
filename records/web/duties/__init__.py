"""Staff pages of situation reports, rectification, sanctions, accountability, mitigation."""
