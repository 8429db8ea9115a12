import './jobs-page.css';
import { Button, Loader } from '@mantine/core';
import { IconMovie, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { isTerminal, type Job, type JobList, toFailure } from '../../protocol/index.ts';
import { aura } from '../aura.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { LinkButton } from '../frame/link-button.tsx';
import { Notice } from '../frame/notice.tsx';
import { JobRow } from './job-row.tsx';

export function JobsPage() {
  const list = useJobList();
  const jobs = list.data?.pages.flatMap((page) => page.jobs);
  return (
    <section className="jobs-page">
      <title>All exports · Aura</title>
      {jobs?.length === 0 ? <Empty /> : <Heading />}
      {list.isPending && <Loader size="sm" mx="auto" my="xl" />}
      {list.isError && <FailureNote failure={toFailure(list.error)} />}
      {jobs !== undefined && jobs.length > 0 && <Rows jobs={jobs} />}
      {list.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </section>
  );
}

function useJobList() {
  return useInfiniteQuery({
    queryKey: ['jobs'],
    queryFn: ({ pageParam, signal }) =>
      aura.jobs({ ...(pageParam !== null && { cursor: pageParam }), signal }),
    initialPageParam: firstPage,
    getNextPageParam: (page: JobList) => page.nextCursor,
    refetchInterval: (query) => (query.state.data?.pages.some(hasRunning) ? runningPollMs : idlePollMs),
  });
}

const firstPage: string | null = null;
const runningPollMs = 2_000;
/** Somebody may start an export elsewhere. */
const idlePollMs = 15_000;

function hasRunning({ jobs }: JobList): boolean {
  return jobs.some((job) => !isTerminal(job.status));
}

function Heading() {
  return (
    <header className="jobs-heading">
      <h1 className="page-title">All exports</h1>
      <LinkButton to="/" leftSection={<IconPlus size={18} aria-hidden="true" />}>
        New video
      </LinkButton>
    </header>
  );
}

function Rows({ jobs }: { jobs: readonly Job[] }) {
  return (
    <ul className="card jobs-list">
      {jobs.map((job) => (
        <li key={job.id}>
          <JobRow job={job} />
        </li>
      ))}
    </ul>
  );
}

function Empty() {
  return (
    <Notice
      icon={<IconMovie size={32} stroke={1.5} aria-hidden="true" />}
      title="No exports yet"
      text="Your videos will be listed here: those being made, and those that are ready."
    >
      <LinkButton to="/">Make the first one</LinkButton>
    </Notice>
  );
}
