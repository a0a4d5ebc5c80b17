"""How a refusal becomes an error at its field."""

from django import forms

from ledger.refusals import Refused


class RefusableForm(forms.Form):
    """A form whose act may be refused; the sentence goes to the field the refusal names, else above the form."""

    def refuse(self, refusal: Refused) -> None:
        """Show the refusal where it belongs."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)
