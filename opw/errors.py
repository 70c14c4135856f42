"""What an action says when it will not do what it was asked."""


class Refused(Exception):
    """An action refuses; its message is a sentence for the person who asked, shown to her as it stands."""
