"""Demo mode alone: a phone for each channel, speaking to local servers that speak the providers' protocols."""
