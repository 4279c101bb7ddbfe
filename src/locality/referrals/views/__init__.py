"""Pages of referrals: finding and reading, offering, working with somebody."""
