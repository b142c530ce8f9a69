using System.Runtime.Versioning;
using Trama.Browser.Ciphers;
using Trama.Framing.Tls.Ciphers;

[assembly: SupportedOSPlatform("browser")]

// What runs before the page asks anything.
CipherSource.Current = new ManagedCiphers();
