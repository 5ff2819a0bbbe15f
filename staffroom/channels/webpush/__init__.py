"""Notifications in the browser (RFC 8030, 8291, 8292): that there is something, through the browser's
maker, who cannot read it."""
