"""Sites (điểm cầu): places that are connected to online meetings."""
