"""Excel on one person's desk: the add-in and its configuration put in place, and what may stand in the way.

What belongs to Windows or the Mac is asked through a ``Desk``, so that tests can set one up anywhere. Nobody
has run this on either of them yet.
"""

from hscb_xl.desk.system import Desk, this_desk

__all__ = ["Desk", "this_desk"]
