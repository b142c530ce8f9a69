using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;

namespace Trama.Fleet.Browsing;

/// <summary>Who asks whom for what.</summary>
/// <param name="Client">The client's address.</param>
/// <param name="Server">The server's address and port.</param>
/// <param name="Operation">The operation; empty where none is known.</param>
/// <param name="Count">How many exchanges there were.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Took">How long they took.</param>
public sealed record Edge(string Client, string Server, string Operation, long Count, long Failed, LatencySketch Took)
{
    /// <summary>From which part on failures make an edge red.</summary>
    public const double RedShare = 0.01;

    /// <summary>Whether so many failed that it is red.</summary>
    public bool IsRed => Failed > 0 && FailedShare >= RedShare;

    /// <summary>Which part failed, from 0 to 1.</summary>
    public double FailedShare => (double)Failed / Math.Max(1, Count);

    /// <summary>The edges of sketches: those that fail most first, then those that take longest.</summary>
    /// <param name="each">Gives sketches, as rows and the sensors that sent them.</param>
    public static IReadOnlyList<Edge> Of(Action<Action<string, ReadRow>> each)
    {
        ArgumentNullException.ThrowIfNull(each);
        var edges = new EdgeCollection();
        each(edges.Add);
        return edges.Sorted();
    }

    /// <summary>The address of an endpoint: <c>10.0.0.1:443</c>, <c>[::1]:443</c>.</summary>
    public static string AddressOf(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return (endpoint.LastIndexOf(':') is > 0 and var colon ? endpoint[..colon] : endpoint).Trim('[', ']');
    }
}
