-- Every state says what it is since a job can be paused and preferred. Text, because jsonb refuses what users may have typed.
UPDATE aura.job SET state = (left(rtrim(state::text), -1) || ',"priority":"normal","isPausing":false}')::json;

-- What the job was asked for with, so that the same key with another request is noticed.
ALTER TABLE aura.job ADD COLUMN request_hash text;

-- Which stored results a job was made with. They stay for as long as one job refers to them.
CREATE TABLE aura.blob_use (
  job_id uuid NOT NULL REFERENCES aura.job ON DELETE CASCADE,
  key text NOT NULL,
  PRIMARY KEY (job_id, key)
);

CREATE INDEX blob_use_by_key ON aura.blob_use (key);

INSERT INTO aura.blob_use (job_id, key)
  SELECT DISTINCT job.id, 'artifact/' || (file ->> 'sha256') || substring(file ->> 'name' from '\.[^.]*$')
  FROM aura.job, json_array_elements(job.state -> 'artifacts') AS file;

-- What jobs that are deleted referred to, until it was looked whether another one does too.
CREATE TABLE aura.released_blob (key text PRIMARY KEY);
