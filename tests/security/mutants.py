"""Every planted fault, in one list: each room's stand in a file of their own."""

import mutants_access
import mutants_accounts
import mutants_alarm
import mutants_along
import mutants_backup
import mutants_belief
import mutants_casework
import mutants_ceremony
import mutants_core
import mutants_edges
import mutants_embargo
import mutants_epochs
import mutants_ledger
import mutants_network
import mutants_panic
import mutants_parts
import mutants_planning
import mutants_put_back
import mutants_retention
import mutants_road
import mutants_sources
import mutants_storage
import mutants_takeout
import mutants_tracing
import mutants_trust
import mutants_web
import mutants_work
from mutant import Mutant

MUTANTS: list[Mutant] = [
    *mutants_core.MUTANTS, *mutants_storage.MUTANTS, *mutants_takeout.MUTANTS, *mutants_accounts.MUTANTS, *mutants_web.MUTANTS, *mutants_work.MUTANTS,
    *mutants_network.MUTANTS, *mutants_casework.MUTANTS, *mutants_edges.MUTANTS, *mutants_ledger.MUTANTS, *mutants_planning.MUTANTS,
    *mutants_alarm.MUTANTS, *mutants_put_back.MUTANTS, *mutants_road.MUTANTS, *mutants_access.MUTANTS, *mutants_parts.MUTANTS, *mutants_panic.MUTANTS, *mutants_tracing.MUTANTS, *mutants_trust.MUTANTS,
    *mutants_sources.MUTANTS, *mutants_along.MUTANTS, *mutants_belief.MUTANTS, *mutants_embargo.MUTANTS, *mutants_epochs.MUTANTS, *mutants_ceremony.MUTANTS, *mutants_backup.MUTANTS, *mutants_retention.MUTANTS]
