using Trama.Captures.Files;
using Trama.Diagnosis;
using Trama.Packets;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Forms;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Page;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.View.Saving;

/// <summary>Saves a connection into a file that was not there before.</summary>
/// <param name="capture">The capture.</param>
/// <param name="options">What it is.</param>
/// <param name="text">How text is written.</param>
internal sealed class SavedConnection(BrowsedCapture capture, ViewOptions options, TextOptions text)
{
    /// <summary>The name that is proposed.</summary>
    public string Name(long connection, SavedForm form)
    {
        string extension = form switch
        {
            SavedForm.Pcap => "pcap",
            SavedForm.Svg => "svg",
            SavedForm.Html => "html",
            _ => "md",
        };
        string stem = options.File is { } file ? Path.GetFileNameWithoutExtension(file) : "connection";
        return $"{stem}-{connection}.{extension}";
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="detail">The connection.</param>
    /// <param name="form">In which form.</param>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public void Write(string path, ConnectionDetail detail, SavedForm form)
    {
        options.BeforeWriting(path);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        if (form == SavedForm.Pcap)
        {
            Packets(file, detail);
            return;
        }

        if (form == SavedForm.Html)
        {
            Page(file, detail);
            return;
        }

        using var writer = new StreamWriter(file);
        writer.Write(form == SavedForm.Svg ? SvgLadder.Draw(detail.Ladder, text.Language) : new Ticket(options, text).Of(detail));
    }

    private void Packets(FileStream file, ConnectionDetail detail)
    {
        PcapWriter? writer = null;
        options.Packets?.Read(detail.Packets, Write, CancellationToken.None);
        writer?.Dispose();

        void Write(in Record record, long number)
        {
            writer ??= new PcapWriter(file, record.LinkType, nanoseconds: true);
            writer.Write(record);
        }
    }

    private void Page(FileStream file, ConnectionDetail detail)
    {
        var form = new HtmlForm(new FormSettings { Output = file, Text = text });
        foreach (Exchange exchange in detail.Connection.Exchanges) form.Sink.ExchangeCompleted(detail.Connection, exchange);
        form.Sink.ConnectionEnded(detail.Connection);
        ConnectionDiagnosis[] found = [.. capture.Diagnosis.Connections.Where(other => other.Id == detail.Connection.Id)];
        var diagnosis = new CaptureDiagnosis(capture.Totals.Part(1, detail.Packets.Count), found) { Verdict = Verdict.Of(found) };
        form.End(new TracedCapture(diagnosis, [options.Name], IsTruncated: false));
    }
}
