using System.ComponentModel;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Trama.Peers.Transports;

namespace Trama.Peers.Security;

/// <summary>TLS over a connection.</summary>
public sealed class TlsTransport : ITransport
{
    // One record (RFC 8446, section 5.1) a write, so that progress shows.
    private const int MostSent = 16 << 10;

    private readonly ITransport _inner;
    private readonly SslStream _stream;
    private readonly PeerCheck _check;
    private readonly EmptyRead _waiting = new();
    private bool _isEnded;
    private readonly Func<SslStream, Task> _authenticate;

    /// <summary>The side that was connected to.</summary>
    public TlsTransport(Socket socket, TlsServerOptions options)
        : this(new SocketTransport(socket), new NetworkStream(socket, ownsSocket: false),
            new PeerCheck(insecure: false, fingerprint: null)) =>
        _authenticate = stream => stream.AuthenticateAsServerAsync(options.Options(_check));

    /// <summary>The side that connects.</summary>
    public TlsTransport(Socket socket, TlsClientOptions options)
        : this(new SocketTransport(socket), new NetworkStream(socket, ownsSocket: false), options)
    {
    }

    /// <summary>The side that connects, over another transport.</summary>
    internal TlsTransport(ITransport inner, TlsClientOptions options)
        : this(inner, new TransportStream(inner), options)
    {
    }

    private TlsTransport(ITransport inner, Stream below, TlsClientOptions options)
        : this(inner, below, new PeerCheck(options.Insecure, options.Fingerprint)) =>
        _authenticate = stream => stream.AuthenticateAsClientAsync(options.Options(_check));

    private TlsTransport(ITransport inner, Stream below, PeerCheck check)
    {
        _inner = inner;
        _stream = new SslStream(below);
        _check = check;
        _authenticate = _ => Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Socket Socket => _inner.Socket;

    /// <summary>What both sides agreed on, after <see cref="OpenAsync"/>.</summary>
    public TlsSession Session => new(_stream.SslProtocol, _stream.NegotiatedCipherSuite, _stream.NegotiatedApplicationProtocol.ToString());

    /// <inheritdoc/>
    /// <exception cref="TlsException">The handshake failed.</exception>
    public async ValueTask OpenAsync()
    {
        try
        {
            await _authenticate(_stream);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or Win32Exception or InvalidOperationException
            or DllNotFoundException or TypeInitializationException)
        {
            throw new TlsException(_check.Failure ?? Reason(error), _check.Certificate, error);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReadableAsync() => _waiting.WaitAsync(() => _stream.ReadAsync(Memory<byte>.Empty));

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        await _waiting.EndAsync();
        return await _stream.ReadAsync(buffer);
    }

    /// <inheritdoc/>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        int count = Math.Min(bytes.Length, MostSent);
        await _stream.WriteAsync(bytes[..count]);
        return count;
    }

    /// <inheritdoc/>
    public async ValueTask EndAsync()
    {
        // The class of the runtime takes a second end for misuse.
        if (_isEnded) return;
        _isEnded = true;
        await _stream.ShutdownAsync();
        await _inner.EndAsync();
    }

    /// <inheritdoc/>
    public void Wake() => _waiting.Wake();

    /// <inheritdoc/>
    public void Shutdown(SocketShutdown how) => _inner.Shutdown(how);

    /// <inheritdoc/>
    public void Abort() => _inner.Abort();

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _inner.Dispose();
    }

    internal static List<SslApplicationProtocol>? Protocols(IReadOnlyList<string> names) =>
        names.Count == 0 ? null : [.. names.Select(name => new SslApplicationProtocol(name))];

    internal static X509ChainPolicy Trust(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authorities is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static TlsFailure Reason(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is DllNotFoundException) return TlsFailure.NoLibrary;
            if (cause is SocketException) return TlsFailure.Refused;
            // What OpenSSL calls bytes that are no record of TLS.
            if (cause.Message.Contains("wrong version number", StringComparison.Ordinal)
                || cause.Message.Contains("packet length too long", StringComparison.Ordinal)
                || cause.Message.Contains("http request", StringComparison.Ordinal)) return TlsFailure.NotTls;
            if (cause.Message.Contains("alert", StringComparison.Ordinal)) return TlsFailure.Refused;
        }

        return error is AuthenticationException && error.InnerException is null ? TlsFailure.NotTls : error is IOException
            ? TlsFailure.Refused : TlsFailure.Other;
    }
}
