"""The entry of a worker process; see `verify.workers.child`."""

from verify.workers.child import main

main()
