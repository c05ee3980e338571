"""Time expressions: find them by a cascade of rules, and place them on the calendar (TIMEX3, EDTF)."""
