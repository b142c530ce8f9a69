using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Trama.Web.Serving;

/// <summary>Who may ask: only under a name of this server, from a page of it, and for data with the token.</summary>
/// <param name="bound">The address that it listens at.</param>
/// <param name="port">The port.</param>
/// <param name="token">The token.</param>
internal sealed class AccessRules(IPAddress bound, int port, AccessToken token)
{
    /// <summary>The header that shows the token.</summary>
    public const string TokenHeader = "Trama-Token";

    /// <summary>Where the paths of data begin.</summary>
    public const string DataPath = "/api/";

    /// <summary>Whether a path is one of data.</summary>
    public static bool IsData(string path) => path.StartsWith(DataPath, StringComparison.Ordinal);

    /// <summary>The status of a request: 200 when it may be answered.</summary>
    public int Check(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return StatusCodes.Status405MethodNotAllowed;
        // Another name that leads here belongs to somebody else's page (DNS rebinding).
        if (!IsOwn(request.Host.Value)) return StatusCodes.Status421MisdirectedRequest;
        if (!IsData(request.Path.Value ?? "")) return StatusCodes.Status200OK;
        string origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOwnOrigin(origin)) return StatusCodes.Status403Forbidden;
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")) return StatusCodes.Status403Forbidden;
        return token.Is(request.Headers[TokenHeader].ToString()) ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
    }

    private bool IsOwnOrigin(string origin) =>
        (origin.StartsWith("http://", StringComparison.Ordinal) && IsOwn(origin["http://".Length..]))
        || (origin.StartsWith("https://", StringComparison.Ordinal) && IsOwn(origin["https://".Length..]));

    // By its letters alone, without a resolver: what a name leads to is what somebody else may choose.
    private bool IsOwn(string? authority)
    {
        string ownPort = string.Create(CultureInfo.InvariantCulture, $":{port}");
        if (authority is null) return false;
        if (authority.EndsWith(ownPort, StringComparison.Ordinal)) authority = authority[..^ownPort.Length];
        else if (port is not (80 or 443)) return false;
        if (authority.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IsAny || IPAddress.IsLoopback(bound);
        if (!IPAddress.TryParse(authority, out IPAddress? address))
            return IsAny && authority.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);
        return IsAny || address.Equals(bound) || (IPAddress.IsLoopback(address) && IPAddress.IsLoopback(bound));
    }

    private bool IsAny => bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any);
}
