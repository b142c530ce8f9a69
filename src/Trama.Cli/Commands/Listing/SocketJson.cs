using System.Text.Json;
using Trama.Cli.Capturing;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;
using Trama.Reports;

namespace Trama.Cli.Commands.Listing;

/// <summary>The sockets of one look, as one JSON object on one line. What is unknown is absent.</summary>
internal static class SocketJson
{
    // What is written at a time; a list of many sockets is never held as a whole.
    private const int Chunk = 1 << 16;

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
            foreach (SocketRow row in rows)
            {
                Write(json, row, language);
                if (json.BytesPending >= Chunk) json.Flush();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes each socket as an object on a line of its own.</summary>
    public static void WriteLines(Stream output, SocketLook look, IEnumerable<SocketRow> rows, Language language)
    {
        using var lines = new MemoryStream();
        using var json = new Utf8JsonWriter(lines);
        foreach (SocketRow row in rows)
        {
            Write(json, row, language, look.At);
            json.Flush();
            json.Reset();
            lines.WriteByte((byte)'\n');
            if (lines.Length >= Chunk) Hand(lines, output);
        }

        Hand(lines, output);
    }

    private static void Hand(MemoryStream lines, Stream output)
    {
        if (lines.Length > 0) output.Write(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        lines.SetLength(0);
    }

    private static void Write(Utf8JsonWriter json, SocketRow row, Language language, long? at = null)
    {
        TcpSocket socket = row.Socket;
        json.WriteStartObject();
        if (at is { } time)
        {
            json.WriteString("type"u8, "socket"u8);
            json.WriteNumber("at"u8, time);
        }

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
        Write(json, row.Container);
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
        Write(json, process.Container);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Container? container)
    {
        if (SideProcesses.ContainerText(container) is { } text) json.WriteString("container"u8, text);
        if (container?.Pod is { } pod) json.WriteString("pod"u8, pod);
    }
}
