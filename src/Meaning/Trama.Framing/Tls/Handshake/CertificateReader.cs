using System.Formats.Asn1;
using System.Net;
using System.Text;

namespace Trama.Framing.Tls.Handshake;

/// <summary>Reads who a certificate is for, by whom and until when (RFC 5280 section 4.1).</summary>
internal static class CertificateReader
{
    private const string AlternativeNames = "2.5.29.17";

    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <summary>Reads a certificate.</summary>
    /// <param name="encoded">Its DER encoding.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static TlsCertificate? Read(ReadOnlySpan<byte> encoded)
    {
        try
        {
            var body = new AsnReader(encoded.ToArray(), AsnEncodingRules.DER).ReadSequence().ReadSequence();
            if (body.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 0 }) _ = body.ReadEncodedValue();
            _ = body.ReadEncodedValue();
            _ = body.ReadEncodedValue();
            string issuer = DistinguishedName(body.ReadSequence());
            AsnReader validity = body.ReadSequence();
            (DateTimeOffset from, DateTimeOffset to) = (Time(validity), Time(validity));
            string subject = DistinguishedName(body.ReadSequence());
            _ = body.ReadEncodedValue();
            while (body.HasData && body.PeekTag() is { TagValue: 1 or 2 }) _ = body.ReadEncodedValue();
            var names = new List<string>();
            if (body.HasData) ReadNames(body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 3)).ReadSequence(), names);
            return new TlsCertificate(subject, issuer, from, to, names);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    // Relative names in the order in which the encoding has them, the usual attributes by their short names (RFC 4514 section 3).
    private static string DistinguishedName(AsnReader name)
    {
        var text = new StringBuilder();
        while (name.HasData && text.Length < TlsCertificate.MaxLength)
        {
            AsnReader attributes = name.ReadSetOf();
            while (attributes.HasData)
            {
                AsnReader attribute = attributes.ReadSequence();
                string identifier = attribute.ReadObjectIdentifier();
                text.Append(text.Length == 0 ? "" : ", ").Append(ShortName(identifier)).Append('=').Append(Value(attribute));
            }
        }

        return Shorten(text.ToString());
    }

    private static string ShortName(string identifier) => identifier switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "email",
        _ => identifier,
    };

    private static string Value(AsnReader attribute)
    {
        var type = (UniversalTagNumber)attribute.PeekTag().TagValue;
        if (type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.T61String or UniversalTagNumber.BMPString)
            return attribute.ReadCharacterString(type);
        return Convert.ToHexStringLower(attribute.ReadEncodedValue().Span);
    }

    private static DateTimeOffset Time(AsnReader validity) =>
        validity.PeekTag().TagValue == (int)UniversalTagNumber.UtcTime ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();

    private static void ReadNames(AsnReader extensions, List<string> names)
    {
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            if (extension.ReadObjectIdentifier() != AlternativeNames) continue;
            if (extension.PeekTag().TagValue == (int)UniversalTagNumber.Boolean) _ = extension.ReadBoolean();
            AsnReader list = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
            while (list.HasData && names.Count < TlsCertificate.MaxNames)
            {
                Asn1Tag tag = list.PeekTag();
                if (tag == DnsName) names.Add(Shorten(list.ReadCharacterString(UniversalTagNumber.IA5String, DnsName)));
                else if (tag == Address && list.ReadOctetString(Address) is { Length: 4 or 16 } address) names.Add(
                    new IPAddress(address).ToString());
                else if (tag != Address) _ = list.ReadEncodedValue();
            }

            return;
        }
    }

    private static string Shorten(string text) => text.Length <= TlsCertificate.MaxLength
        ? text : text[..(TlsCertificate.MaxLength - 1)] + "…";
}
