using Trama.Framing;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Rows.Spans;

/// <summary>Whose spans are: a program at an end of a connection, as far as it is known, else the end itself.</summary>
/// <param name="Service">The name of the service: the command, else the address, of a server with its port.</param>
/// <param name="Process">The process, when this machine knows it.</param>
internal sealed record SpanResource(string Service, SideProcess? Process)
{
    private const int Attributes = 1;

    /// <summary>Whose a side of a connection is.</summary>
    public static SpanResource Of(Connection connection, Side side)
    {
        SideProcess? process = connection.Process(side);
        Endpoint end = side == Side.Client ? connection.Client : connection.Server;
        string address = side == Side.Client ? end.Address.ToString() : end.ToString();
        return new SpanResource(process?.Command is { Length: > 0 } command ? VisibleText.Of(command) : address, process);
    }

    /// <summary>Writes it as a message Resource (opentelemetry/proto/resource/v1/resource.proto).</summary>
    public void Write(ProtobufWriter writer)
    {
        var attributes = new SpanAttributes(writer, Attributes);
        attributes.Add("service.name", Service);
        if (Process is not { } process) return;
        attributes.Add("host.name", Environment.MachineName);
        if (process.Ids is [int only]) attributes.Add("process.pid", only);
        Said(attributes, "process.executable.name", process.Command);
        Said(attributes, "process.executable.path", process.Program);
        Said(attributes, "process.command_line", process.CommandLine);
        Said(attributes, "process.owner", process.User);
        Said(attributes, "container.id", Bare(process.Container));
        Said(attributes, "k8s.pod.uid", process.Pod);
    }

    private static void Said(SpanAttributes attributes, string key, string? text) =>
        attributes.Add(key, text is null ? null : VisibleText.Of(text));

    // docker://3f4a… is the container 3f4a…
    private static string? Bare(string? container) => container?.IndexOf("://", StringComparison.Ordinal) is >= 0 and int at
        ? container[(at + 3)..] : container;
}
