using System.Text.Json;
using Trama.Cli.Capturing;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.Commands.Listing;

/// <summary>The sockets of one look, as one JSON object on one line. What is unknown is absent.</summary>
internal static class SocketJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Stream output, SocketLook look, IEnumerable<SocketRow> rows, Language language)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "sockets"u8);
            json.WriteNumber("at"u8, look.At);
            json.WriteNumber("ratesOverNs"u8, look.IntervalNs);
            json.WriteNumber("hidden"u8, look.Hidden);
            json.WriteStartArray("sockets"u8);
            foreach (SocketRow row in rows) Write(json, row, language);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, SocketRow row, Language language)
    {
        TcpSocket socket = row.Socket;
        json.WriteStartObject();
        json.WriteString("local"u8, socket.Local.ToString());
        if (socket.State != TcpSocketState.Listening) json.WriteString("peer"u8, socket.Peer.ToString());
        json.WriteString("state"u8, socket.State.Name());
        json.WriteString("user"u8, row.User);
        json.WriteNumber("inode"u8, socket.Inode);
        json.WriteNumber("receiveQueue"u8, socket.ReceiveQueue);
        json.WriteNumber("sendQueue"u8, socket.SendQueue);
        if (row.Age is { } age) json.WriteNumber(age.IsExact ? "ageNs"u8 : "ageAtLeastNs"u8, age.Ns);
        if (socket.State != TcpSocketState.Listening && socket.Figures is { } figures) Write(json, figures);
        if (row.SendRate is { } sent) json.WriteNumber("sendRate"u8, (long)sent);
        if (row.ReceiveRate is { } received) json.WriteNumber("receiveRate"u8, (long)received);
        json.WriteStartArray("processes"u8);
        foreach (ProcessFacts process in row.Processes) Write(json, process);
        json.WriteEndArray();
        if (row.Ailment is { } ailment)
        {
            json.WriteStartObject("finding"u8);
            json.WriteString("id"u8, FindingNames.Of(ailment.Finding));
            json.WriteString("text"u8, language.Pick(ailment.English, ailment.Portuguese));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TcpFigures figures)
    {
        json.WriteNumber("retransmissions"u8, figures.Retransmissions);
        if (figures.RttUs > 0) json.WriteNumber("rttNs"u8, figures.RttUs * 1000L);
        if (figures.BytesAcknowledged is { } acknowledged) json.WriteNumber("bytesAcknowledged"u8, acknowledged);
        if (figures.BytesReceived is { } received) json.WriteNumber("bytesReceived"u8, received);
        if (figures.PeerWindow is { } peer) json.WriteNumber("peerWindow"u8, peer);
    }

    private static void Write(Utf8JsonWriter json, ProcessFacts process)
    {
        json.WriteStartObject();
        json.WriteNumber("pid"u8, process.Id);
        json.WriteString("command"u8, process.Name);
        if (process.Program is { } program) json.WriteString("program"u8, program);
        if (process.CommandLine is { } line) json.WriteString("commandLine"u8, line);
        if (process.UserName is { } user) json.WriteString("user"u8, user);
        if (SideProcesses.ContainerText(process) is { } container) json.WriteString("container"u8, container);
        if (process.Container?.Pod is { } pod) json.WriteString("pod"u8, pod);
        json.WriteEndObject();
    }
}
