import { asJson, asObjects, asString, num, plainText, strings } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Each } from '../mrkdwn/Each.tsx';
import { useDirectory } from '../state/context.ts';

interface Point {
  label: string;
  value: number;
}

interface Series {
  name: string;
  points: Point[];
}

/** A `data_visualization`: bars for `bar` and `pie` (with shares), a curve for `line` and `area`. */
export function ChartBlock({ block }: { block: Json }) {
  const chart = asJson(block.chart);
  const axis = asJson(chart.axis_config);
  const type = asString(chart.type);
  const series = type === 'pie' ? [{ name: '', points: pointsOf(chart.segments) }] : seriesOf(chart.series);
  const curve = type === 'line' || type === 'area';
  const labels = [asString(axis.x_label), asString(axis.y_label)].filter((label) => label !== '').join(' · ');
  return (
    <figure className="chart card-like">
      <figcaption className="card-title">{plainText(block.title)}</figcaption>
      {curve && <Curves series={series} filled={type === 'area'} categories={strings(axis.categories)} />}
      <Each
        items={series}
        draw={(one, index) => (
          <div>
            {one.name !== '' && (
              <p className="chart-series">
                <span className={`chart-key chart-color-${index % 4}`} aria-hidden="true" /> {one.name}
              </p>
            )}
            {curve ? <Figures points={one.points} /> : <Bars points={one.points} share={type === 'pie'} at={index} />}
          </div>
        )}
      />
      {labels !== '' && <p className="context">{labels}</p>}
    </figure>
  );
}

function pointsOf(given: unknown): Point[] {
  return asObjects(given).map((point) => ({ label: plainText(point.label), value: num(point.value) ?? 0 }));
}

function seriesOf(given: unknown): Series[] {
  return asObjects(given).map((one) => ({ name: plainText(one.name), points: pointsOf(one.data) }));
}

function Bars({ points, share, at }: { points: Point[]; share: boolean; at: number }) {
  const { locale } = useDirectory();
  const largest = Math.max(1e-9, ...points.map((point) => Math.abs(point.value)));
  const total = points.reduce((sum, point) => sum + point.value, 0);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <dl className="chart-bars">
      <Each
        items={points}
        draw={(point) => (
          <div>
            <dt>{point.label}</dt>
            <dd>
              <span
                className={`chart-bar chart-color-${at % 4}`}
                style={{ width: `${(Math.abs(point.value) / largest) * 60}%` }}
              />
              {point.value.toLocaleString(locale)}
              {share && total > 0 && ` (${percent.format(point.value / total)})`}
            </dd>
          </div>
        )}
      />
    </dl>
  );
}

/** What a curve shows, in figures: read out, and readable on its own. */
function Figures({ points }: { points: Point[] }) {
  const { locale } = useDirectory();
  const texts = points.map((point) => `${point.label} ${point.value.toLocaleString(locale)}`);
  return <p className="chart-figures">{texts.join(' · ')}</p>;
}

function Curves({ series, filled, categories }: { series: Series[]; filled: boolean; categories: string[] }) {
  const values = series.flatMap((one) => one.points.map((point) => point.value));
  const top = Math.max(1e-9, ...values);
  const bottom = Math.min(0, ...values);
  const columns = Math.max(2, categories.length, ...series.map((one) => one.points.length));
  const place = (point: Point, index: number): string => {
    const column = categories.includes(point.label) ? categories.indexOf(point.label) : index;
    const x = (column / (columns - 1)) * 300;
    return `${x.toFixed(1)},${(100 - ((point.value - bottom) / (top - bottom)) * 96).toFixed(1)}`;
  };
  return (
    <svg className="chart-curves" viewBox="0 0 300 102" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <Each
        items={series}
        draw={(one, index) => {
          const line = one.points.map(place).join(' ');
          return (
            <g className={`chart-color-${index % 4}`}>
              {filled && <polygon points={`0,100 ${line} 300,100`} fillOpacity="0.25" />}
              <polyline points={line} fill="none" stroke="currentColor" strokeWidth="2" />
            </g>
          );
        }}
      />
    </svg>
  );
}
