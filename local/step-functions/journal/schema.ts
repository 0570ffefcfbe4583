/** Tables of the journal. JSON columns hold what the API shows; the engine's own frames are JSON too. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS revisions (
    id TEXT PRIMARY KEY,
    machine_arn TEXT NOT NULL,
    definition TEXT NOT NULL,
    role_arn TEXT NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS machines (
    arn TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at REAL NOT NULL,
    revision TEXT NOT NULL REFERENCES revisions
  ) STRICT;

  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY,
    machine_arn TEXT NOT NULL,
    revision TEXT NOT NULL REFERENCES revisions,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT,
    error TEXT,
    cause TEXT,
    started_at REAL NOT NULL,
    stopped_at REAL,
    run_started_at REAL NOT NULL,
    redrive_count INTEGER NOT NULL,
    redriven_at REAL,
    redrive_token TEXT,
    last_event INTEGER NOT NULL,
    transitions INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine_arn, started_at);
  CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status);

  CREATE TABLE IF NOT EXISTS frames (
    execution TEXT NOT NULL,
    path TEXT NOT NULL,
    frame TEXT NOT NULL,
    PRIMARY KEY (execution, path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS events (
    execution TEXT NOT NULL,
    id INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (execution, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY,
    execution TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
