"""The one error a person gets to see."""


class CannotRun(Exception):
    """Why ./run cannot go on, in one sentence fit for the person who typed it."""
