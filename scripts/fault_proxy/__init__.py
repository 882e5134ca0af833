"""A proxy between a client of AWS and the local AWS that breaks chosen calls in chosen ways."""
