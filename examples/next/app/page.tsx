import { Visitors } from './visitors';

export default function Page() {
  return (
    <p>
      <Visitors />
    </p>
  );
}
