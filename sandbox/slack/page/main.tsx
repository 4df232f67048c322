import { createRoot } from 'react-dom/client';
import { Boundary } from './blocks/Boundary.tsx';
import { App } from './components/App.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <Boundary
      instead={
        <p className="fatal">
          The page ran into a fault. <a href={window.location.href}>Reload</a> · 页面出错，请
          <a href={window.location.href}>刷新</a>
        </p>
      }
    >
      <App />
    </Boundary>,
  );
}
