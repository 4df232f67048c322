import { Component, type ReactNode } from 'react';

interface Props {
  /** Shown in place of what could not be rendered. */
  instead: ReactNode;
  children: ReactNode;
  /** When this value changes, the children are rendered again. */
  retryOn?: unknown;
}

/** Keeps an error in one part from taking the page down. */
export class Boundary extends Component<Props, { failedOn: unknown; failed: boolean }> {
  override state = { failed: false, failedOn: undefined as unknown };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    this.setState({ failedOn: this.props.retryOn });
  }

  override componentDidUpdate(): void {
    if (this.state.failed && this.state.failedOn !== undefined && this.state.failedOn !== this.props.retryOn) {
      this.setState({ failed: false, failedOn: undefined });
    }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
