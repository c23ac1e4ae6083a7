// The certificate by which Pods know the API server: what a Pod finds as ca.crt.

/**
 * A self-signed certificate of nobody (`CN=kubernetes`, its key was thrown away), so that the file has the form of a
 * real one in every run. Who serves the API over TLS gives the simulator its own.
 */
export const CERTIFICATE_AUTHORITY = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBgDCCASegAwIBAgIUBULaKXBXD/wOyO01gXUSsvy1Pt4wCgYIKoZIzj0EAwIw',
  'FTETMBEGA1UEAwwKa3ViZXJuZXRlczAgFw0yNjExMjQyMTAzNDNaGA8yMTI2MTAz',
  'MTIxMDM0M1owFTETMBEGA1UEAwwKa3ViZXJuZXRlczBZMBMGByqGSM49AgEGCCqG',
  'SM49AwEHA0IABO64mbDS6/8y5/vvKHFV9r3G92V5ihsAwsdktaDY0mB4w/BxU633',
  '0JUTdSKQ8FmuNJmS8juwt44cyuKFdCpndyKjUzBRMB0GA1UdDgQWBBRW3eds7gTq',
  '0GTI1Hxb9GZIavOxdDAfBgNVHSMEGDAWgBRW3eds7gTq0GTI1Hxb9GZIavOxdDAP',
  'BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCICX9jQ1rW3XuV1JpzMTU',
  'KyrzrBadGxOjfdp1xzWEm2F/AiAJxZlFY0ivTCMGLePMAfyb8AxWBqn3TF02mFSC',
  'VZ1AqQ==',
  '-----END CERTIFICATE-----',
  '',
].join('\n')
