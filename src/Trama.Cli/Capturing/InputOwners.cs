using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>Whose the connections of an input are, told by a source that is known when the input is open.</summary>
internal sealed class InputOwners : IConnectionOwners
{
    /// <summary>Who tells; null where nobody does.</summary>
    public IConnectionOwners? Source { get; set; }

    /// <inheritdoc/>
    public Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient) => Source?.Begin(first, isFromClient);
}
