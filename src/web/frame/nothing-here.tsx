import { LinkButton } from './link-button.tsx';
import { Notice } from './notice.tsx';

export function NothingHere() {
  return (
    <Notice title="There is nothing at this address" text="The link may be incomplete.">
      <title>Nothing here · Aura</title>
      <LinkButton to="/">Make a video</LinkButton>
    </Notice>
  );
}
