-- Who is told when a job ends.
CREATE TABLE aura.webhook (
  job_id uuid PRIMARY KEY REFERENCES aura.job ON DELETE CASCADE,
  url text NOT NULL,
  secret text
);

-- What is posted, once for each end of the job.
CREATE TABLE aura.webhook_message (
  id uuid PRIMARY KEY,
  job_id uuid NOT NULL REFERENCES aura.webhook ON DELETE CASCADE,
  attempt integer NOT NULL,
  type text NOT NULL,
  -- The same bytes at every try.
  body text NOT NULL,
  state text NOT NULL DEFAULT 'pending',
  created_at timestamptz NOT NULL,
  next_try_at timestamptz,
  -- The queue's message that stands for the next try; another one is a duplicate.
  queue_id uuid NOT NULL,
  UNIQUE (job_id, attempt)
);

CREATE INDEX webhook_message_pending ON aura.webhook_message (id) WHERE state = 'pending';

CREATE TABLE aura.webhook_try (
  message_id uuid NOT NULL REFERENCES aura.webhook_message ON DELETE CASCADE,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  took_ms integer NOT NULL,
  status integer,
  error text,
  PRIMARY KEY (message_id, number)
);
