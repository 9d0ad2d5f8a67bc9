"""serve: the facilitator's page: what it shows, its panels, and the forms by which the lesson is led."""
