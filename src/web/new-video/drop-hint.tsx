import './drop-hint.css';
import { IconPhotoPlus } from '@tabler/icons-react';

export function DropHint() {
  return (
    <div className="drop-hint">
      <IconPhotoPlus size={44} stroke={1.5} aria-hidden="true" />
      <strong>Drop it here</strong>
      <span>a script (.md), its pictures, its music</span>
    </div>
  );
}
