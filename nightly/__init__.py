"""The order of the night: command line, scheduler, settings and logs; joins the other rooms and is kept small."""
