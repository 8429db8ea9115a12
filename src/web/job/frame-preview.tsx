import './frame-preview.css';
import { AuraMark } from '../frame/aura-mark.tsx';
import { useLoadedImage } from './use-loaded-image.ts';

/** The frame being drawn; before the first one, a quiet placeholder of the same size. */
export function FramePreview({ url }: { url: string | null }) {
  const shown = useLoadedImage(url);
  return (
    <div className="frame-preview">
      {shown === undefined ? <AuraMark size={56} /> : <img src={shown} alt="The frame being drawn" />}
    </div>
  );
}
