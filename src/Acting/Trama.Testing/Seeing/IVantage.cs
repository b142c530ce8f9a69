using System.Net;

namespace Trama.Testing.Seeing;

/// <summary>A place from which the traffic of a server is seen.</summary>
internal interface IVantage : IAsyncDisposable
{
    /// <summary>Where the client has to connect to, to be seen.</summary>
    IPEndPoint Address { get; }

    /// <summary>Why segments are not seen; null when they are.</summary>
    string? Blind { get; }

    /// <summary>All that was seen until now, once it is written down.</summary>
    /// <exception cref="WireAssertionException">Not all could be seen.</exception>
    Recording Take();
}
