using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Rows.Spans;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary>Sends exchanges to a collector of OpenTelemetry, as spans.</summary>
internal sealed class SpansForm : IForm
{
    // Where a collector takes traces, when its address alone is told.
    private const string Path = "/v1/traces";

    private readonly FormSettings _settings;
    private readonly SpanSink _spans;
    private readonly Uri _address;

    /// <summary>Begins to send.</summary>
    /// <exception cref="UserError">The address is none of HTTP.</exception>
    public SpansForm(FormSettings settings)
    {
        _settings = settings;
        string target = settings.Target!;
        if (!Uri.TryCreate(target, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0)
        {
            string shown = VisibleText.Of(target);
            throw new UserError(settings.Text.Language.Pick(
                $"--otlp: expected a URL such as http://localhost:4318, got '{shown}'",
                $"--otlp: esperava uma URL como http://localhost:4318, veio '{shown}'"), ExitCode.Usage);
        }

        Dictionary<string, string> headers = Headers();
        if (address.UserInfo.Length > 0) headers.TryAdd("Authorization", Basic(address));
        var place = new UriBuilder(address) { UserName = "", Password = "" };
        if (place.Path == "/") place.Path = Path;
        _address = place.Uri;
        _spans = new SpanSink(_address, headers, waits: !settings.IsLive);
    }

    /// <inheritdoc/>
    public ITraceSink Sink => _spans;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others with { ExchangesOf = null, KeepWords = true };

    /// <inheritdoc/>
    public void Flush() => _spans.Flush();

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        _spans.Complete();
        SpanDelivery delivery = _spans.Delivery;
        Language language = _settings.Text.Language;
        // Without a query, which may hold a key.
        string address = _address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (delivery.Dropped > 0)
        {
            string why = delivery.LastFailure.Length == 0 ? "" : $": {VisibleText.Of(delivery.LastFailure)}";
            long all = delivery.Dropped + delivery.Sent;
            _settings.Note(language.Pick($"trama: {delivery.Dropped} of {all} exchanges did not reach {address}{why}",
                $"trama: {delivery.Dropped} de {all} trocas não chegaram a {address}{why}"));
        }

        if (delivery.Rejected > 0) _settings.Note(language.Pick($"trama: {address} rejected {delivery.Rejected} spans",
            $"trama: {address} rejeitou {delivery.Rejected} spans"));
    }

    /// <inheritdoc/>
    public void Dispose() => _spans.Dispose();

    // RFC 7617.
    private static string Basic(Uri address) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(
            address.UserInfo.Contains(':', StringComparison.Ordinal) ? address.UserInfo : address.UserInfo + ":")));

    // As OpenTelemetry's own exporters take them: name=value,name=value.
    private static Dictionary<string, string> Headers()
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string told = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_HEADERS") ?? "";
        foreach (string pair in told.Split(',', StringSplitOptions.TrimEntries))
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals)
                headers[pair[..equals]] = Uri.UnescapeDataString(pair[(equals + 1)..]);
        return headers;
    }
}
