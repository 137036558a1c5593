"""PayFiP, the Trésor public's payment page: its web service, and what comes back from it."""
