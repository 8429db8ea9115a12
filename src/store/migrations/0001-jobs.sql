CREATE TABLE aura.job (
  id uuid PRIMARY KEY,
  idempotency_key text UNIQUE,
  status text NOT NULL,
  attempt integer NOT NULL,
  event_seq integer NOT NULL,
  -- JSON is stored as text (json, not jsonb): users' text may hold U+0000, which jsonb refuses.
  input json NOT NULL,
  state json NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE INDEX job_by_age ON aura.job (created_at DESC, id DESC);
CREATE INDEX job_unfinished ON aura.job (status) WHERE status IN ('queued', 'running', 'cancelling');

-- The newest live figures, apart from the job because they change several times a second.
CREATE TABLE aura.live (
  job_id uuid PRIMARY KEY REFERENCES aura.job ON DELETE CASCADE,
  attempt integer NOT NULL,
  version integer NOT NULL,
  figures json
) WITH (fillfactor = 50);

CREATE TABLE aura.event (
  job_id uuid NOT NULL REFERENCES aura.job ON DELETE CASCADE,
  seq integer NOT NULL CHECK (seq >= 1),
  attempt integer NOT NULL,
  kind text NOT NULL,
  data json NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (job_id, seq)
);

CREATE UNIQUE INDEX event_terminal_once ON aura.event (job_id, attempt)
  WHERE kind IN ('completed', 'failed', 'cancelled');

-- Whoever writes, with whatever program: the log is gapless, append-only, and ends with its terminal event.
CREATE FUNCTION aura.check_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  previous aura.event;
BEGIN
  SELECT * INTO previous FROM aura.event WHERE job_id = NEW.job_id ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(previous.seq, 0) + 1 THEN
    RAISE EXCEPTION 'event % of job % does not follow event %', NEW.seq, NEW.job_id, coalesce(previous.seq, 0);
  END IF;
  IF previous.kind IN ('completed', 'failed', 'cancelled') AND NEW.kind <> 'retried' THEN
    RAISE EXCEPTION 'event % (%) of job % follows its end (%)', NEW.seq, NEW.kind, NEW.job_id, previous.kind;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER check_event BEFORE INSERT ON aura.event
  FOR EACH ROW EXECUTE FUNCTION aura.check_event();

CREATE FUNCTION aura.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only';
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE ON aura.event
  FOR EACH ROW EXECUTE FUNCTION aura.refuse_change();

CREATE TABLE aura.task (
  job_id uuid NOT NULL REFERENCES aura.job ON DELETE CASCADE,
  name text NOT NULL,
  -- Order in which the tasks were asked for.
  position integer NOT NULL,
  stage text NOT NULL,
  label text NOT NULL,
  work_seconds double precision NOT NULL,
  input json NOT NULL,
  state text NOT NULL DEFAULT 'ready',
  fraction double precision NOT NULL DEFAULT 0,
  cached boolean NOT NULL DEFAULT false,
  output json,
  -- Real failures; a worker that died does not count here.
  failures integer NOT NULL DEFAULT 0,
  -- How often a worker began it.
  deliveries integer NOT NULL DEFAULT 0,
  -- The queue's message that stands for it now; another message for it is a duplicate.
  message_id uuid NOT NULL,
  -- Who may report about it: the message and the number of its delivery. Null when nobody runs it.
  claim text,
  PRIMARY KEY (job_id, name)
);

-- What is needed to continue a job's bar and its estimate where they were left; see src/engine/progress.ts.
CREATE TABLE aura.pace (
  job_id uuid PRIMARY KEY REFERENCES aura.job ON DELETE CASCADE,
  figures json NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE aura.asset (
  id text PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL,
  content_type text NOT NULL,
  size_bytes bigint NOT NULL,
  width integer,
  height integer,
  duration_seconds double precision,
  created_at timestamptz NOT NULL DEFAULT now()
);
