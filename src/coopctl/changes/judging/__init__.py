"""From differences to changes: what each means, and for whom."""
