import type { ReactNode } from 'react';

/* Line icons on a grid of 20; decorative, so hidden from assistive technology. */

function Icon({ children, size = 18 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const HashIcon = () => (
  <Icon size={16}>
    <path d="M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14" />
  </Icon>
);
export const LockIcon = () => (
  <Icon size={16}>
    <rect x="4" y="9" width="12" height="8" rx="2" />
    <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
  </Icon>
);
export const HomeIcon = () => (
  <Icon>
    <path d="m3 9 7-6 7 6v7a1 1 0 0 1-1 1h-4v-5H8v5H4a1 1 0 0 1-1-1z" />
  </Icon>
);
export const ReplyIcon = () => (
  <Icon>
    <path d="M4 4h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-6l-4 3v-3H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM7 8h6M7 11h4" />
  </Icon>
);
export const SmileIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M7 12c1.6 2 4.4 2 6 0M7.5 8v.01M12.5 8v.01" />
  </Icon>
);
export const DotsIcon = () => (
  <Icon>
    <path d="M5 10v.01M10 10v.01M15 10v.01" strokeWidth="2.6" />
  </Icon>
);
export const ClipIcon = () => (
  <Icon>
    <path d="m15.5 9-5.6 5.6a3.4 3.4 0 0 1-4.8-4.8l5.9-5.9a2.3 2.3 0 0 1 3.2 3.2l-5.8 5.9a1.1 1.1 0 0 1-1.6-1.6L12 6.3" />
  </Icon>
);
export const BoltIcon = () => (
  <Icon>
    <path d="M11 2 4 11.5h5L8.5 18 16 8h-5.5z" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M3.5 16.5 17 10 3.5 3.5 5 10zM5 10h5" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon size={16}>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="m11 4-6 6 6 6M5.5 10H16" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon size={16}>
    <path d="m5 8 5 5 5-5" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon size={16}>
    <path d="m4 10.5 4 4 8-9" />
  </Icon>
);
export const MenuIcon = () => (
  <Icon>
    <path d="M3 5.5h14M3 10h14M3 14.5h14" />
  </Icon>
);
export const PulseIcon = () => (
  <Icon>
    <path d="M2 10h4l2-5 4 10 2-5h4" />
  </Icon>
);
export const GearIcon = () => (
  <Icon>
    <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
    <circle cx="13" cy="6" r="2" />
    <circle cx="7" cy="14" r="2" />
  </Icon>
);
export const EyeIcon = () => (
  <Icon size={14}>
    <path d="M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10z" />
    <circle cx="10" cy="10" r="2.3" />
  </Icon>
);
export const FileIcon = () => (
  <Icon>
    <path d="M5 2.5h6.5L15.5 7v9.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-13a1 1 0 0 1 .5-1zM11.5 2.5V7h4" />
  </Icon>
);
export const PictureIcon = () => (
  <Icon>
    <rect x="2.5" y="3.5" width="15" height="13" rx="2" />
    <path d="m3 14 4-4 3 3 3-3 4 4M13 7.5v.01" />
  </Icon>
);
export const WarningIcon = () => (
  <Icon>
    <path d="M10 3 2.5 16.5h15zM10 8v4M10 14.3v.01" />
  </Icon>
);
export const TrashIcon = () => (
  <Icon size={16}>
    <path d="M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5" />
  </Icon>
);
