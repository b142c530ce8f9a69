using System.Buffers.Binary;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Fields;

/// <summary>
/// What proves to MongoDB who logs in, wherever it is in a document, and values that are bytes (MongoDB Wire Protocol; BSON 1.1).
/// </summary>
internal static class MongodbFields
{
    private const int Header = 16, OpcodeAt = 12, MaxDepth = 32, ObjectIdLength = 12, DecimalLength = 16;
    private const int Message = 2013, Reply = 1, Query = 2004, Insert = 2002, Update = 2001, Delete = 2006;
    private const int Compressed = 2012, CompressedHead = 9;
    private const byte Text = 2, Document = 3, Array = 4, Binary = 5;

    /// <summary>Notes the fields of each message.</summary>
    public static void Read(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; bytes.Length - at >= Header;)
        {
            int length = Math.Max(Header, BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]));
            int opcode = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + OpcodeAt)..]);
            ReadBody(message.Part(at + Header, length - Header), opcode);
            if (length > bytes.Length - at) return;
            at += length;
        }
    }

    private static void ReadBody(MessageFields body, int opcode)
    {
        var fields = new FieldCursor(body.Bytes);
        fields.Take(opcode == Reply ? 20 : sizeof(int));
        switch (opcode)
        {
            case Message:
                ReadSections(body, ref fields);
                return;
            case Query or Insert or Update or Delete:
                fields.TakeText();
                fields.Take(opcode switch { Query => 8, Insert => 0, _ => 4 });
                break;
            case Reply: break;
            // What it was, how long, and by which method.
            case Compressed:
                body.Value(CompressedHead, body.Bytes.Length - CompressedHead);
                return;
            default: return;
        }

        ReadDocuments(body.Part(fields.At, fields.Left));
    }

    // One document, or several with a name.
    private static void ReadSections(MessageFields body, ref FieldCursor fields)
    {
        while (fields.Left > sizeof(int))
        {
            bool isSeveral = fields.Big(1) == 1;
            int from = fields.At;
            (int at, int length) = fields.Take(Math.Max(sizeof(int), Little(body.Bytes, from)));
            if (isSeveral)
            {
                var named = new FieldCursor(body.Bytes, at + sizeof(int));
                named.TakeText();
                (at, length) = (named.At, at + length - named.At);
            }

            ReadDocuments(body.Part(at, length));
        }
    }

    private static void ReadDocuments(MessageFields documents)
    {
        var fields = new FieldCursor(documents.Bytes);
        while (fields.Left > sizeof(int))
        {
            (int from, int length) = fields.Take(Math.Max(sizeof(int), Little(documents.Bytes, fields.At)));
            ReadElements(documents.Part(from + sizeof(int), length - sizeof(int)), 0);
        }
    }

    private static void ReadElements(MessageFields document, int depth)
    {
        var fields = new FieldCursor(document.Bytes);
        while (fields.Left > 1 && !fields.IsCut)
        {
            byte type = (byte)fields.Big(1);
            if (type == 0) return;
            (int nameFrom, int nameLength) = fields.TakeText();
            ReadOnlySpan<byte> name = document.Bytes.Slice(nameFrom, nameLength);
            (int from, int length) = Take(ref fields, document.Bytes, type);
            if (type is Document or Array)
            {
                if (depth < MaxDepth) ReadElements(document.Part(from, length), depth + 1);
            }
            else if (type is Text or Binary && name.SequenceEqual("payload"u8)) document.Sasl(from, length);
            else if (type is Text or Binary && SecretText.IsName(name)) document.Secret(from, length);
            else if (type is Text or Binary) document.Value(from, length);
        }
    }

    // What a value says, without its length, its kind and the zero behind it.
    private static (int From, int Length) Take(ref FieldCursor fields, ReadOnlySpan<byte> bytes, byte type)
    {
        switch (type)
        {
            case Text or 13 or 14:
                (int from, int length) = fields.Take(fields.Little(4));
                return (from, Math.Max(0, length - 1));
            case Document or Array or 15:
                (int start, int count) = fields.Take(Math.Max(sizeof(int), Little(bytes, fields.At)));
                return (start + sizeof(int), Math.Max(0, count - sizeof(int)));
            case Binary:
                long size = fields.Little(4);
                fields.Take(1);
                return fields.Take(size);
            case 7: return fields.Take(ObjectIdLength);
            case 8: return fields.Take(1);
            case 1 or 9 or 17 or 18: return fields.Take(sizeof(long));
            case 16: return fields.Take(sizeof(int));
            case 19: return fields.Take(DecimalLength);
            case 11:
                fields.TakeText();
                return fields.TakeText();
            case 12:
                fields.Take(fields.Little(4));
                return fields.Take(ObjectIdLength);
            // Nothing, the least and the greatest key; what is unknown ends the document.
            case 6 or 10 or 0x7f or 0xff: return fields.Take(0);
            default: return fields.Take(fields.Left);
        }
    }

    private static int Little(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length - at < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
