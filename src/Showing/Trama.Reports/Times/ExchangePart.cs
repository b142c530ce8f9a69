namespace Trama.Reports.Times;

/// <summary>A part of an exchange's time; docs/timing.md draws them.</summary>
internal enum ExchangePart : byte
{
    /// <summary>From the first to the last byte of the request.</summary>
    RequestTransfer,

    /// <summary>The path to the server and back.</summary>
    Network,

    /// <summary>The server's own.</summary>
    Server,

    /// <summary>From the first to the last byte of the reply.</summary>
    ReplyTransfer,
}
