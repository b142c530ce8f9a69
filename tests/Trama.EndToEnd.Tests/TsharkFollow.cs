namespace Trama.EndToEnd.Tests;

/// <summary>What the two sides of a connection said, by tshark.</summary>
internal static class TsharkFollow
{
    /// <summary>What was said, in hexadecimal.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="options">More options of tshark.</param>
    /// <param name="protocol">The protocol that is followed.</param>
    /// <param name="stream">The number of the connection, from 0.</param>
    /// <param name="client">The endpoint that is the client.</param>
    public static async Task<(string ToServer, string ToClient)> SaidAsync(
        string capture, string[] options, string protocol, int stream, string client)
    {
        TramaProcess.Ended judge = await TramaProcess.RunAsync(
            "/usr/bin/tshark", [.. options, "-r", capture, "-q", "-z", $"follow,{protocol},raw,{stream}"]);
        return Said(judge.Output, client);
    }

    // What node 1 says is indented.
    private static (string ToServer, string ToClient) Said(string follow, string client)
    {
        string[] lines = follow.Split('\n');
        string first = lines.Single(line => line.StartsWith("Node 0: ", StringComparison.Ordinal))["Node 0: ".Length..].Trim();
        string[] said = [.. lines.SkipWhile(line => !line.StartsWith("Node 1: ", StringComparison.Ordinal)).Skip(1)
            .Where(line => !line.StartsWith('='))];
        string ofFirst = string.Concat(said.Where(line => !line.StartsWith('\t')).Select(line => line.Trim()));
        string ofOther = string.Concat(said.Where(line => line.StartsWith('\t')).Select(line => line.Trim()));
        return first == client ? (ofFirst, ofOther) : (ofOther, ofFirst);
    }
}
