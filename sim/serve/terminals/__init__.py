"""serve: apps in browsers and terminals: drivers, sessions, websockets, and the page that holds one."""
