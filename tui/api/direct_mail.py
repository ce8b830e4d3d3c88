"""Direct mail to whole areas: places, price and campaigns."""
