"""One layout for agreements and ledgers: the text is taken apart at its parsed places and put together anew."""
