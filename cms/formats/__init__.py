"""How dates are typed and shown in forms: day before month, in both languages of the interface."""
