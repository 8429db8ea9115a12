import './notice.css';
import type { ReactNode } from 'react';

interface NoticeProps {
  readonly title: string;
  readonly text: ReactNode;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

/** A calm full-page message: an empty list, an unknown address, a server that cannot be reached. */
export function Notice({ title, text, icon, children }: NoticeProps) {
  return (
    <section className="notice">
      {icon !== undefined && <div className="notice-icon">{icon}</div>}
      <h1>{title}</h1>
      <p>{text}</p>
      {children !== undefined && <div className="notice-actions">{children}</div>}
    </section>
  );
}
