"""A PayFiP of our own: the web service, the payment page, and the notification that follows."""
