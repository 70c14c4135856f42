"""What ./run is made of: the environment, the embedded Postgres and Valkey, and the supervisor of all processes.

For trying the portal out, for development and for tests. Standard library only, and nothing of Django: it has to run
before anything is installed. Reading order: install, folders, processes, postgres, broker, servers, supervisor, manage.
"""
