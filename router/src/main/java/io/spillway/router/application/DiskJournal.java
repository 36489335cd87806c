package io.spillway.router.application;

import io.spillway.api.state.JournalRecord;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.sync.log.journal.Journal;
import io.spillway.sync.log.journal.Receipt;

/// The data plane's view of the router's journal.
record DiskJournal(Journal journal) implements AttemptLedger.Sink {

    @Override
    public Receipt append(JournalRecord entry) {
        return journal.append(entry);
    }

    @Override
    public Receipt appendDurably(JournalRecord entry) {
        return journal.appendDurably(entry);
    }
}
