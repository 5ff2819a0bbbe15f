"""Where communities meet, divide and end: boundary questions, brokers, journeys, splitting, closing."""
