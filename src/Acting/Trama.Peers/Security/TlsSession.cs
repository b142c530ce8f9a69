using System.Net.Security;
using System.Security.Authentication;

namespace Trama.Peers.Security;

/// <summary>What both sides of a TLS connection agreed on.</summary>
/// <param name="Version">The version of TLS.</param>
/// <param name="CipherSuite">The cipher suite.</param>
/// <param name="Protocol">The protocol chosen by ALPN; empty when there is none.</param>
public readonly record struct TlsSession(SslProtocols Version, TlsCipherSuite CipherSuite, string Protocol);
